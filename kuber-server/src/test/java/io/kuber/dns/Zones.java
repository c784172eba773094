package io.kuber.dns;

import java.util.List;

/** The zone that tests ask about. */
final class Zones {
  private Zones() {}

  static DnsZone sample() {
    DnsPort http = new DnsPort("http", "TCP", 80);
    DnsPort target = new DnsPort("peer", "TCP", 2380);
    return DnsZone.of(
        DnsZone.DEFAULT_DOMAIN,
        List.of("default", "kube-system", "empty"),
        List.of(
            DnsService.withAddress("kube-system", "kube-dns", "10.96.0.10", List.of()),
            DnsService.withAddress("default", "web", "10.96.0.42", List.of(http)),
            DnsService.headless(
                "default",
                "db",
                List.of(
                    new DnsEndpoint("10.244.0.5", "db-0", List.of(target)),
                    new DnsEndpoint("10.244.0.6", "", List.of(target)))),
            DnsService.headless(
                "default",
                "six",
                List.of(
                    new DnsEndpoint("2001:db8::1", "", List.of(target)),
                    new DnsEndpoint("10.244.0.7", "seven", List.of(target)),
                    new DnsEndpoint("10.244.0.7", "seven", List.of(http)))),
            DnsService.headless("default", "lonely", List.of()),
            DnsService.alias("default", "search", "Example.Com."),
            DnsService.alias("default", "inner", "web.default.svc.cluster.local"),
            DnsService.alias("default", "circle", "circle.default.svc.cluster.local")));
  }
}
