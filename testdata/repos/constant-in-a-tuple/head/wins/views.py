from core.feature_flag import is_feature_flag_active
from wins.constants import LEGACY_FEATURE_FLAG_NAME


def rows(request):
    if is_feature_flag_active(LEGACY_FEATURE_FLAG_NAME):
        return Win.objects.with_legacy()
    return Win.objects.all()
