"""Holds a document against the OpenAPI specification with openapi-spec-validator."""

import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
OpenAPIV31SpecValidator(document).validate()
operations = sum(len(methods) for methods in document["paths"].values())
print("valid:", operations, "operations")
