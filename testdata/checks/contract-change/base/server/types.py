import graphene


# The schema that changes along says it.
class Order(graphene.ObjectType):
    total = graphene.String()
    note = graphene.String()
