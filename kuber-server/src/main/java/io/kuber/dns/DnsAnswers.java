package io.kuber.dns;

import io.kuber.dns.DnsAnswer.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The brain of cluster DNS: from zone and question to reply, pure.
 *
 * <p>A name that exists without records of the wanted type is answered empty; one that does not
 * exist, with "no such name". Resolvers that search a list of domains depend on the difference.
 */
final class DnsAnswers {
  private static final String SPECIFICATION_VERSION = "1.1.0";

  /** Aliases of aliases are followed so far; a circle ends here. */
  private static final int MOST_ALIASES = 8;

  private final DnsZone zone;
  private final DnsQuestion question;
  private final List<DnsRecord> aliases = new ArrayList<>();

  private DnsAnswers(DnsZone zone, DnsQuestion question) {
    this.zone = zone;
    this.question = question;
  }

  static DnsReply answer(DnsZone zone, DnsQuestion question) {
    return new DnsAnswers(zone, question).reply(question.name());
  }

  private DnsReply reply(String name) {
    if (IpText.isReverse(name)) {
      return reverse(name);
    }
    Optional<String> host = zone.host(name);
    if (host.isPresent()) {
      return found(address(name, host.get()));
    }
    if (name.equals(zone.domain())) {
      return apex();
    }
    if (!name.endsWith("." + zone.domain())) {
      return aliases.isEmpty() ? new DnsReply.Elsewhere() : new DnsReply.Onward(aliases, name);
    }
    String inner = name.substring(0, name.length() - zone.domain().length() - 1);
    return inside(name, Arrays.asList(inner.split("\\.", -1)));
  }

  private DnsReply apex() {
    List<DnsRecord> records = new ArrayList<>();
    if (question.asksFor(DnsType.SOA)) {
      records.add(new DnsRecord.Authority(zone.domain()));
    }
    if (question.asksFor(DnsType.NS)) {
      records.add(new DnsRecord.NameServer(zone.domain(), "ns.dns." + zone.domain()));
    }
    return found(records);
  }

  /** Labels count from the domain: {@code svc}, namespace, service, endpoint. */
  private DnsReply inside(String name, List<String> labels) {
    int count = labels.size();
    String root = labels.get(count - 1);
    if (!root.equals("svc") && !root.equals("pod")) {
      return meta(name, labels);
    }
    if (count == 1) {
      return found(List.of());
    }
    String namespace = labels.get(count - 2);
    if (!zone.hasNamespace(namespace)) {
      return noSuchName();
    }
    if (count == 2) {
      return found(List.of());
    }
    return root.equals("pod") ? pod(name, labels) : service(name, namespace, labels);
  }

  private DnsReply meta(String name, List<String> labels) {
    if (labels.equals(List.of("dns-version"))) {
      DnsRecord version = new DnsRecord.Text(name, SPECIFICATION_VERSION);
      return found(question.asksFor(DnsType.TXT) ? List.of(version) : List.of());
    }
    if (labels.equals(List.of("dns"))) {
      return found(List.of());
    }
    if (labels.equals(List.of("ns", "dns"))) {
      return zone.service("kube-system", "kube-dns")
          .filter(dns -> !dns.isHeadless())
          .map(dns -> found(address(name, dns.clusterIp())))
          .orElseGet(this::noSuchName);
    }
    return noSuchName();
  }

  /** {@code 10-1-2-3.namespace.pod}: whether such a pod exists is not looked at, as in CoreDNS. */
  private DnsReply pod(String name, List<String> labels) {
    Optional<String> address = IpText.ofLabel(labels.get(0));
    return labels.size() == 3 && address.isPresent()
        ? found(address(name, address.get()))
        : noSuchName();
  }

  private DnsReply service(String name, String namespace, List<String> labels) {
    int count = labels.size();
    Optional<DnsService> known = zone.service(namespace, labels.get(count - 3));
    if (known.isEmpty() || count > 5) {
      return noSuchName();
    }
    DnsService service = known.get();
    if (count == 3) {
      return service.isAlias() ? alias(name, service) : service(name, service);
    }
    if (count == 4) {
      return endpoint(name, service, labels.get(0));
    }
    boolean isPort = labels.get(0).startsWith("_") && labels.get(1).startsWith("_");
    return isPort
        ? port(name, service, labels.get(0).substring(1), labels.get(1).substring(1))
        : noSuchName();
  }

  private DnsReply alias(String name, DnsService service) {
    aliases.add(new DnsRecord.Alias(name, service.externalName()));
    if (question.asksFor(DnsType.CNAME) || aliases.size() >= MOST_ALIASES) {
      return found(List.of());
    }
    return reply(service.externalName());
  }

  private DnsReply service(String name, DnsService service) {
    if (service.isHeadless() && service.endpoints().isEmpty()) {
      return noSuchName(); // The specification, 2.4.1.
    }
    if (question.type() != DnsType.SRV) {
      return found(addresses(name, service));
    }
    ServiceLocations all = ServiceLocations.of(zone, service, name, "", "");
    return all.isEmpty() ? found(List.of()) : new DnsReply.Known(all.answer());
  }

  private List<DnsRecord> addresses(String name, DnsService service) {
    if (!service.isHeadless()) {
      return address(name, service.clusterIp());
    }
    return turned(addresses(name, service.endpoints().stream()));
  }

  /** A pod is in several slices where its ports differ from those of others, but shown once. */
  private List<DnsRecord> addresses(String name, Stream<DnsEndpoint> endpoints) {
    List<DnsRecord> records = new ArrayList<>();
    endpoints.map(DnsEndpoint::ip).distinct().forEach(ip -> records.addAll(address(name, ip)));
    return records;
  }

  /** Each question gets another address first, so that clients spread without an effort. */
  private List<DnsRecord> turned(List<DnsRecord> records) {
    Collections.rotate(records, question.id());
    return records;
  }

  private DnsReply endpoint(String name, DnsService service, String label) {
    List<DnsEndpoint> named =
        service.endpoints().stream().filter(each -> each.label().equals(label)).toList();
    return named.isEmpty() ? noSuchName() : found(addresses(name, named.stream()));
  }

  private DnsReply port(String name, DnsService service, String port, String protocol) {
    ServiceLocations locations = ServiceLocations.of(zone, service, name, port, protocol);
    if (locations.isEmpty()) {
      return noSuchName();
    }
    return question.asksFor(DnsType.SRV)
        ? new DnsReply.Known(locations.answer())
        : found(List.of());
  }

  private DnsReply reverse(String name) {
    Optional<String> known = IpText.ofReverse(name).flatMap(zone::nameOf);
    if (known.isEmpty()) {
      return new DnsReply.Elsewhere();
    }
    DnsRecord pointer = new DnsRecord.Pointer(name, known.get());
    return found(question.asksFor(DnsType.PTR) ? List.of(pointer) : List.of());
  }

  private List<DnsRecord> address(String name, String ip) {
    return question.asksFor(IpText.type(ip))
        ? List.of(new DnsRecord.Address(name, IpText.bytes(ip)))
        : List.of();
  }

  /** The name exists; without records of the wanted type that is all there is to say. */
  private DnsReply found(List<DnsRecord> records) {
    List<DnsRecord> all = new ArrayList<>(aliases);
    all.addAll(records);
    return new DnsReply.Known(
        all.isEmpty() ? DnsAnswer.negative(Code.NO_ERROR, zone.domain()) : DnsAnswer.of(all));
  }

  private DnsReply noSuchName() {
    DnsAnswer no = DnsAnswer.negative(Code.NO_SUCH_NAME, zone.domain());
    return new DnsReply.Known(new DnsAnswer(no.code(), aliases, no.authority(), List.of()));
  }
}
