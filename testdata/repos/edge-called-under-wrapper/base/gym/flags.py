from flagsmith import Flagsmith

flagsmith = Flagsmith(environment_key="ser.gym")


def company_invoices():
    return flagsmith.get_environment_flags().is_feature_enabled("company-invoices")
