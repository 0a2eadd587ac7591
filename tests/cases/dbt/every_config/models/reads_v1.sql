select * from {{ ref('people', v=1) }}
