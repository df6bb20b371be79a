import React from 'react';
import { useConditionalFeature } from '../hooks/useConditionalFeature';
import { featureGetApp } from '../lib/features';

export const GetApp = () => {
  const { value: isOn } = useConditionalFeature({ feature: featureGetApp, shouldEvaluate: true });
  if (!isOn) {
    return null;
  }
  return <a href="/app">Get the app</a>;
};
