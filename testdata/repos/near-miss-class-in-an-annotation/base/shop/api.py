from fastapi import FastAPI
from shop.schemas import RefundRequest
app = FastAPI()
@app.post("/refund")
def refund(body: RefundRequest):
    return do_refund(body)
