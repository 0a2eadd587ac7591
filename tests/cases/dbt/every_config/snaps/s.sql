{% snapshot people_history %}
{{ config(unique_key='id', strategy='check', check_cols='all') }}
select * from {{ ref('people') }}
{% endsnapshot %}
{% snapshot fixed_history %}
{{ config(target_schema='archive', unique_key='id', strategy='check', check_cols='all') }}
select * from {{ ref('people') }}
{% endsnapshot %}
