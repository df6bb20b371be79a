import type { Feature } from '../lib/features';
import { useGrowthBookContext } from './useGrowthBookContext';

export const useConditionalFeature = <T>({
  feature,
  shouldEvaluate,
}: {
  feature: Feature<T>;
  shouldEvaluate?: boolean;
}) => {
  const { growthbook } = useGrowthBookContext();
  let value: T = feature.defaultValue;

  if (shouldEvaluate !== false) {
    value = growthbook
      ? growthbook.getFeatureValue(feature.id, feature.defaultValue) ?? feature.defaultValue
      : value;
  }

  return { value, isLoading: !shouldEvaluate };
};
