http-content-type="application/json"
