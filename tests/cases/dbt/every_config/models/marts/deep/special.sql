{{ config(materialized='table', tags=['x']) }} select id from {{ ref('orders') }}
