"""Connections to sources of data, and calls with other arguments."""
import requests
import trino


def rows(options, query):
    connection = trino.dbapi.connect(host=options["host"], port=1, user=options["user"])  #~ area integration
    return connection.cursor().execute(query)


def tell(url, data):
    return requests.post(
        url,
        data=data.encode("utf-8"),  #~ area integration:high
    )


def joined(parts):
    return parts.connect(host=parts.first)
