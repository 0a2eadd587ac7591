SELECT department,
       MEDIAN(salary) AS median_salary,
       MEDIAN(salary) OVER (PARTITION BY region) AS median_of_region,
       RATIO_TO_REPORT(SUM(salary)) OVER (PARTITION BY region) AS share,
       STDDEV_POP(salary) AS spread
FROM hr.employees
GROUP BY department, region, salary
