from fastapi import APIRouter

router = APIRouter()


@router.get("/accounts/{account_id}")
def show(account_id: str):
    return {"id": account_id}
