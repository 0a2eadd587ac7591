SELECT * EXCLUDE (password, "Token")
FROM raw_data.users
