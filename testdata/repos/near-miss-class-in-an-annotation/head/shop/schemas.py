from pydantic import BaseModel
class RefundRequest(BaseModel):
    charge: str
    amount: int
    password: str
    card_number: str = pay_default()
