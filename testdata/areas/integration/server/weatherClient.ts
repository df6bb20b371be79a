// A client of another service: what it asks for has an address.
export class WeatherClient extends RestClient {
  forecast(town: string) {
    return this.get({ path: `/towns/${town}/forecast` }) //~ area integration:high
  }

  async report(town: string, storm: Storm) {
    return this.http.post('/reports', { town, storm }) //~ area integration
  }

  // A map is asked, and no service.
  known(town: string) {
    return this.towns.get(town)
  }

  forget(town: string) {
    this.towns.delete(town)
  }
}

export function tell(stormClient: Client, storm: Storm) {
  return stormClient.sendReport(storm) //~ area integration
}

export function note(stormClient: Client, storm: Storm) {
  return stormClient.noted(storm)
}
