from fastapi import APIRouter

router = APIRouter()


@router.get("/orders/{id}")
async def read(id: str):
    order = await find(id)
    return {"id": order.id, "sum": order.total, "tax": order.tax}


@router.get("/orders/{order_id}/lines/")
async def lines(order_id: str):
    return {"lines": await find_lines(order_id), "more": False}


# No answer of the program.
def total(order):
    return {"sum": order.total}
