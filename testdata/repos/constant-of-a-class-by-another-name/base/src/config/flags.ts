const keysOfFlags = {
  sellerHome: 'seller-home-v3',
  instantPayout: 'instant-payout',
};

export class AppSettings {
  public static pageSize = 20;
  public static FLAG_KEYS = keysOfFlags;
}
