"""Google Sheets: who asks Google, what is asked, and how cells are called and written."""
