SELECT DATEDIFF(day, signed_up_at, first_order_at) AS days_to_order,
       DATEDIFF('month', signed_up_at, SYSDATE) AS months,
       DATE_PART(dow, signed_up_at) AS weekday,
       ADD_MONTHS(signed_up_at, 3) AS trial_end,
       LAST_DAY(signed_up_at) AS month_end,
       CONVERT_TIMEZONE('UTC', 'Asia/Seoul', signed_up_at) AS signed_up_kst,
       TRUNC(GETDATE()) AS today,
       TO_TIMESTAMP('2026-01-01', 'YYYY-MM-DD') AS start_of_year,
       EXTRACT(epoch FROM signed_up_at) AS seconds,
       NEXT_DAY(signed_up_at, 'Mon') AS next_monday
FROM raw_data.users
