import SwiftUI
import UnleashProxyClientSwift

struct FareView: View {
    let unleash: UnleashClient

    var body: some View {
        if unleash.isEnabled(name: "split-fare-by-distance") {
            SplitByDistanceRow()
        }
    }
}
