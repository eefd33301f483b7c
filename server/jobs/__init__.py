"""Work done outside requests: each job is one line over a service, takes ids only and can run twice."""
