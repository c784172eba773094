package io.kuber.engine.network;

import io.kuber.engine.NetworkShelf.Published;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.linux.DurableFiles;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that networks and published ports are kept in, always whole. For one thread at a time.
 */
final class NetworkFile {
  private final Path file;

  NetworkFile(Path file) {
    this.file = file;
  }

  /**
   * What is kept.
   *
   * @param networks by id
   * @param ports by container
   */
  record Content(Map<String, Network> networks, Map<String, Ports> ports) {}

  /**
   * The ports that lead to a container.
   *
   * @param address the container's
   */
  record Ports(String container, Ipv4 address, List<Published> published) {
    Ports {
      published = List.copyOf(published);
    }
  }

  /** What was kept last; empty where nothing was. */
  Content read() {
    Map<String, Network> networks = new LinkedHashMap<>();
    Map<String, Ports> ports = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Tree tree = parsed();
      tree.items("networks")
          .trees()
          .forEach(network -> networks.put(network.text("id"), network(network)));
      tree.items("ports").trees().forEach(one -> ports.put(one.text("container"), ports(one)));
    }
    return new Content(networks, ports);
  }

  private Tree parsed() {
    try {
      return Json.parse(Files.readAllBytes(file));
    } catch (MalformedException e) {
      throw new UncheckedIOException("reading " + file, new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** Keeps it. */
  void write(Content content) {
    Tree tree =
        Tree.of(
            "networks",
            Items.copyOf(content.networks().values().stream().map(NetworkFile::tree).toList()),
            "ports",
            Items.copyOf(content.ports().values().stream().map(NetworkFile::tree).toList()));
    try {
      Files.createDirectories(file.getParent());
      DurableFiles.write(file, Json.print(tree), file.resolveSibling(file.getFileName() + ".next"));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  private static Tree tree(Network network) {
    return Tree.of(
        "id",
        network.id(),
        "name",
        network.name(),
        "created",
        network.created(),
        "driver",
        network.driver(),
        "subnet",
        network.subnet().toString(),
        "gateway",
        network.gateway().toString(),
        "internal",
        network.internal(),
        "labels",
        Tree.ofTexts(network.labels()),
        "options",
        Tree.ofTexts(network.options()),
        "members",
        Items.copyOf(network.members().values().stream().map(NetworkFile::tree).toList()));
  }

  private static Tree tree(Network.Member member) {
    return Tree.of(
        "container",
        member.container(),
        "names",
        Items.copyOf(member.names()),
        "address",
        member.address().toString(),
        "link",
        member.link());
  }

  private static Network network(Tree tree) {
    Map<String, Network.Member> members = new LinkedHashMap<>();
    for (Tree member : tree.items("members").trees()) {
      members.put(
          member.text("container"),
          new Network.Member(
              member.text("container"),
              member.items("names").texts(),
              Ipv4.parse(member.text("address")),
              member.text("link")));
    }
    return new Network(
        tree.text("id"),
        tree.text("name"),
        tree.text("created"),
        tree.text("driver"),
        Ipv4Block.parse(tree.text("subnet")),
        Ipv4.parse(tree.text("gateway")),
        tree.isTrue("internal"),
        tree.tree("labels").texts(),
        tree.tree("options").texts(),
        members);
  }

  private static Tree tree(Ports ports) {
    return Tree.of(
        "container",
        ports.container(),
        "address",
        ports.address().toString(),
        "published",
        Items.copyOf(ports.published().stream().map(NetworkFile::tree).toList()));
  }

  private static Tree tree(Published port) {
    return Tree.of(
        "hostIp",
        port.hostIp(),
        "hostPort",
        (long) port.hostPort(),
        "containerPort",
        (long) port.containerPort(),
        "protocol",
        port.protocol());
  }

  private static Ports ports(Tree tree) {
    List<Published> published =
        tree.items("published").trees().stream()
            .map(
                port ->
                    new Published(
                        port.text("hostIp"),
                        (int) port.number(0, "hostPort"),
                        (int) port.number(0, "containerPort"),
                        port.text("protocol")))
            .toList();
    return new Ports(tree.text("container"), Ipv4.parse(tree.text("address")), published);
  }
}
