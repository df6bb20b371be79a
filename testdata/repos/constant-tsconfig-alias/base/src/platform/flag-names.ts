export const RIDE_FLAGS = { driverTips: 'driver-tips', pooling: 'ride-pooling' } as const;
