package io.kuber.cli.docker;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a container is in the network: flags of {@code run} and {@code create}. */
final class NetworkFlags {
  @Option(
      names = {"-p", "--publish"},
      paramLabel = "[[IP:]PORT:]PORT",
      description = "ports")
  private List<String> published = new ArrayList<>();

  @Option(
      names = {"-P", "--publish-all"},
      description = "all ports that the image exposes")
  private boolean publishAll;

  @Option(names = "--expose", paramLabel = "PORT", description = "ports for others")
  private List<String> exposed = new ArrayList<>();

  @Option(
      names = {"--network", "--net"},
      paramLabel = "NETWORK",
      description = "bridge, host, none or yours")
  private String network = "";

  @Option(
      names = {"--network-alias", "--net-alias"},
      paramLabel = "NAME",
      description = "further names")
  private List<String> aliases = new ArrayList<>();

  @Option(names = "--ip", paramLabel = "ADDRESS", description = "in the network")
  private String address = "";

  @Option(names = "--mac-address", paramLabel = "ADDRESS", description = "of its link")
  private String mac = "";

  @Option(names = "--link", paramLabel = "CONTAINER[:NAME]", description = "a name for another one")
  private List<String> links = new ArrayList<>();

  @Option(names = "--add-host", paramLabel = "NAME:ADDRESS", description = "lines of /etc/hosts")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--dns", paramLabel = "ADDRESS", description = "servers of names")
  private List<String> dns = new ArrayList<>();

  @Option(names = "--dns-search", paramLabel = "DOMAIN", description = "domains of short names")
  private List<String> dnsSearch = new ArrayList<>();

  @Option(
      names = {"--dns-option", "--dns-opt"},
      paramLabel = "OPTION",
      description = "of names")
  private List<String> dnsOptions = new ArrayList<>();

  /** With what these flags say. */
  Tree addTo(Tree body) {
    List<Ports.Binding> bindings =
        published.stream().flatMap(p -> Ports.published(p).stream()).toList();
    Tree.Builder ports = Tree.builder();
    bindings.forEach(binding -> ports.put(binding.port(), Tree.EMPTY));
    exposed.forEach(flag -> Ports.exposed(flag).forEach(port -> ports.put(port, Tree.EMPTY)));
    Tree host =
        body.tree("HostConfig")
            .with("PortBindings", Ports.bound(bindings))
            .with("PublishAllPorts", publishAll)
            .with("NetworkMode", network.isEmpty() ? "default" : network)
            .with("Links", Items.copyOf(links))
            .with("ExtraHosts", Items.copyOf(hosts.stream().map(NetworkFlags::host).toList()))
            .with("Dns", Items.copyOf(dns))
            .with("DnsSearch", Items.copyOf(dnsSearch))
            .with("DnsOptions", Items.copyOf(dnsOptions));
    Tree made = body.with("ExposedPorts", ports.build()).with("HostConfig", host);
    if (!mac.isEmpty()) {
      made = made.with("MacAddress", mac);
    }
    Tree place = place();
    return place.isEmpty()
        ? made
        : made.withAt(
            place, "NetworkingConfig", "EndpointsConfig", network.isEmpty() ? "bridge" : network);
  }

  private Tree place() {
    Tree place = Tree.EMPTY;
    if (!aliases.isEmpty()) {
      place = place.with("Aliases", Items.copyOf(aliases));
    }
    return address.isEmpty() ? place : place.withAt(address, "IPAMConfig", "IPv4Address");
  }

  /** Since 2024 a name may also be divided from its address by {@code =}. */
  private static String host(String flag) {
    int equals = flag.indexOf('=');
    return equals < 0 ? flag : flag.substring(0, equals) + ":" + flag.substring(equals + 1);
  }
}
