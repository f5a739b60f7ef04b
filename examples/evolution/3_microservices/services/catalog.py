"""What is sold, and for how much. The prices are this service's alone."""

import service

prices = {"tea": 4, "cup": 9, "pot": 25}
catalog = service.Service()


@catalog.on("GET", "/products")
def products(_):
    return prices


@catalog.on("POST", "/total")
def total(asked):
    unknown = [item for item in asked["items"] if item not in prices]
    if unknown:
        raise service.Refused(404, "not sold: " + ", ".join(unknown))
    return {"total": sum(prices[item] for item in asked["items"])}


if __name__ == "__main__":
    catalog.serve()
