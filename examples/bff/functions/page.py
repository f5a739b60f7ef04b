"""The page's own back end: two questions, one answer in the page's words."""

import virga


@virga.http
def handler(request):
    found = request.match("/products/{product}")
    if not found:
        return 404, {"error": "there are products here, and nothing else"}
    product = found["product"]
    price, stock = virga.call("prices", {"product": product}), virga.call("stock", {"product": product})
    return {"product": product, "price": price["price"], "soon": stock["count"] == 0}
