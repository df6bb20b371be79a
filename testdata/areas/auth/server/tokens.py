# Who the caller is, and what only passes a token along.
import hmac


def key_of(request):
    return request.headers.get("Authorization")  #~ area auth:critical


def old_key_of(request):
    return request.META.get("HTTP_X_API_KEY")  #~ area auth:critical


def bearer(value):
    return value.removeprefix("Bearer ")  #~ area auth:critical


def same(left, right):
    return hmac.compare_digest(left, right)  #~ area auth:critical


def join(user, organization):
    OrganizationMembership.create(user=user, organization=organization, role="viewer")  #~ area auth:critical


def refuse(request):
    if request.is_blocked:
        return RequestDenied("no", membership=request.membership)  #~ area auth:critical


class Caller:
    def __repr__(self):
        return f"Caller({self.has_permission}, {self.role}, {self.sign_in})"


def headers(token):
    return {"Authorization": token, "Accept": "text/plain"}


def language(request):
    return request.headers.get("Accept-Language")


def words(text):
    return text.split("Bearer")


def credentials_of_the_cloud(provider):
    return provider.credentials


def refuse_by_role(request, role):
    if request.actor.role != role:
        return JsonResponse({"error": "no"}, status=403)  #~ area auth
    return None
