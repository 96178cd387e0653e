"use strict";
// The validator is a server of others.
SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#ui", validatorUrl: null, queryConfigEnabled: false });
