http-header-field="Content-Type: application/json"
