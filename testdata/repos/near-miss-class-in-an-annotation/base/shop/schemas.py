from pydantic import BaseModel
class RefundRequest(BaseModel):
    charge: str
    amount: int
