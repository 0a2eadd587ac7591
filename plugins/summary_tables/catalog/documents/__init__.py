"""What the API answers: records of stable fields in the terms of the field, made from what the pages show.

A field is null where nothing is known, moments are ISO 8601 in UTC. The words below a field are those of the API's own
documentation: FastAPI reads these records as they are, so there is no second description of them.
"""
