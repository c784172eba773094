package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flags {@code -p} and {@code --expose}. */
final class Ports {
  /** An address in brackets or of version 4, the machine's ports, the container's, the protocol. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:(?:\\[([0-9a-fA-F:.]+)\\]|(\\d+(?:\\.\\d+){3})):)?(\\d*(?:-\\d+)?):)?"
              + "(\\d+(?:-\\d+)?)(?:/([a-z]+))?");

  private static final int HIGHEST = 65_535;

  /** Ports that one flag may name. */
  private static final int MOST = 1000;

  private Ports() {}

  /**
   * One published port.
   *
   * @param hostIp empty for all addresses
   * @param hostPort empty for any; may be a range to choose from
   * @param port of the container, such as {@code 80/tcp}
   */
  record Binding(String hostIp, String hostPort, String port) {}

  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /** What one {@code -p} says. */
  static List<Binding> published(String flag) {
    Matcher matcher = FORM.matcher(flag);
    if (!matcher.matches()) {
      throw invalid(flag);
    }
    String ip = matcher.group(1) != null ? matcher.group(1) : text(matcher.group(2));
    String host = text(matcher.group(3));
    Range inside = range(flag, matcher.group(4));
    String protocol = protocol(flag, text(matcher.group(5)));
    if (host.isEmpty()) {
      return bindings(ip, inside, protocol, i -> "");
    }
    Range outside = range(flag, host);
    if (inside.size() == 1 && outside.size() > 1) {
      return List.of(new Binding(ip, host, inside.first + "/" + protocol));
    }
    if (inside.size() != outside.size()) {
      throw new CommandFailure(
          "--publish: " + flag + ": invalid ranges specified for container and host Ports");
    }
    return bindings(ip, inside, protocol, i -> Integer.toString(outside.first + i));
  }

  private static List<Binding> bindings(
      String ip, Range inside, String protocol, IntFunction<String> outside) {
    List<Binding> bindings = new ArrayList<>();
    for (int i = 0; i < inside.size(); i++) {
      bindings.add(new Binding(ip, outside.apply(i), (inside.first + i) + "/" + protocol));
    }
    return bindings;
  }

  /** What one {@code --expose} says: ports such as {@code 80/tcp}. */
  static List<String> exposed(String flag) {
    Matcher matcher = Pattern.compile("(\\d+(?:-\\d+)?)(?:/([a-z]+))?").matcher(flag);
    if (!matcher.matches()) {
      throw new CommandFailure("--expose: invalid range format for --expose: " + flag);
    }
    Range inside = range(flag, matcher.group(1));
    return bindings("", inside, protocol(flag, text(matcher.group(2))), i -> "").stream()
        .map(Binding::port)
        .toList();
  }

  /** The field {@code PortBindings} of the engine. */
  static Tree bound(List<Binding> bindings) {
    Map<String, Items> ports = new LinkedHashMap<>();
    for (Binding each : bindings) {
      Tree one = Tree.of("HostIp", each.hostIp, "HostPort", each.hostPort);
      ports.put(each.port, ports.getOrDefault(each.port, Items.EMPTY).plus(one));
    }
    Tree.Builder tree = Tree.builder();
    ports.forEach(tree::put);
    return tree.build();
  }

  private static String protocol(String flag, String name) {
    if (name.isEmpty()) {
      return "tcp";
    }
    if (!List.of("tcp", "udp", "sctp").contains(name)) {
      throw new CommandFailure("--publish: " + flag + ": invalid proto: " + name);
    }
    return name;
  }

  private static Range range(String flag, String text) {
    String[] ends = text.split("-", 2);
    int first = port(flag, ends[0]);
    int last = ends.length == 1 ? first : port(flag, ends[1]);
    if (last < first || last - first >= MOST) {
      throw new CommandFailure(
          "--publish: " + flag + ": " + text + " is no range of at most " + MOST + " ports");
    }
    return new Range(first, last);
  }

  private static int port(String flag, String text) {
    if (text.isEmpty() || text.length() > 5 || Integer.parseInt(text) > HIGHEST) {
      throw invalid(flag);
    }
    return Integer.parseInt(text);
  }

  private static CommandFailure invalid(String flag) {
    return new CommandFailure(
        "--publish: " + flag + " is not of the form [[IP:]PORT:]PORT[/tcp|udp]");
  }

  private static String text(@org.jspecify.annotations.Nullable String group) {
    return group == null ? "" : group;
  }
}
