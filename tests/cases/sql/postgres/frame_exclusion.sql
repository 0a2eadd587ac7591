SELECT player_id, played_at, score,
       MAX(score) OVER w AS best_of_others,
       NTH_VALUE(score, 2) OVER (PARTITION BY player_id ORDER BY score DESC
           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_best,
       PERCENT_RANK() OVER (ORDER BY score) AS share
FROM games.rounds
WINDOW w AS (PARTITION BY player_id ORDER BY played_at
             GROUPS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW)
