"""A form for each act that needs facts: it says what is missing beside the field, and keeps all when it is refused."""
