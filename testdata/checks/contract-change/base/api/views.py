from fastapi import APIRouter

router = APIRouter()


@router.get("/orders/{order_id}")
async def read(order_id: str):
    order = await find(order_id)
    return {"id": order.id, "total": order.total}  #~ contract-change: answer of `read` changes for those who rely on it: `total` is gone


@router.get("/orders/{order_id}/lines")
async def lines(order_id: str):
    return {"lines": await find_lines(order_id)}


@router.delete("/orders/{order_id}")  #~ contract-change: `DELETE /orders/{order_id}` is gone
async def remove(order_id: str):
    await drop(order_id)


def total(order):
    return {"sum": order.total, "tax": order.tax}
