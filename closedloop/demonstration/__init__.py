"""The demonstration programme: two cohorts through two years, played by the portal's own actions."""
