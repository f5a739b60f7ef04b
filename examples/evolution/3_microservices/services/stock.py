"""What lies on the shelves."""

import service

shelves = {"tea": 100, "cup": 10, "pot": 1}
stock = service.Service()


@stock.on("POST", "/reserve")
def reserve(asked):
    short = [item for item in set(asked["items"]) if shelves.get(item, 0) < asked["items"].count(item)]
    if short:
        raise service.Refused(409, "not on the shelf: " + ", ".join(sorted(short)))
    for item in asked["items"]:
        shelves[item] -= 1
    return {"reserved": len(asked["items"])}


@stock.on("POST", "/release")
def release(asked):
    for item in asked["items"]:
        shelves[item] = shelves.get(item, 0) + 1
    return {"released": len(asked["items"])}


if __name__ == "__main__":
    stock.serve()
