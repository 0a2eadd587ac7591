{{ config(alias='renamed', schema=var('area') ~ '_x') }} select id from {{ ref('orders') }}
