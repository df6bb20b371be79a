import graphene


class OrderInput(graphene.InputObjectType):
    note = graphene.String()


class RenameOrder(BaseMutation):
    ok = graphene.Boolean()
