package io.kuber.engine;

import java.nio.file.Path;
import java.util.List;

/** The networks of containers, and the machine's ports that lead into them. For any thread. */
public interface NetworkShelf {
  /** The network that containers have when nobody says one. */
  String DEFAULT = "bridge";

  /**
   * Where a container is in a network.
   *
   * @param network its name
   * @param networkId its identifier
   * @param address IPv4, such as {@code 172.17.0.2}
   * @param prefix the length of the network's prefix
   * @param gateway the machine's address in it
   * @param mac the hardware address
   * @param aliases further names of the container in this network
   */
  record Place(
      String network,
      String networkId,
      String address,
      int prefix,
      String gateway,
      String mac,
      List<String> aliases) {
    public Place {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * A port of the machine that leads to one of a container.
   *
   * @param hostIp which of the machine's addresses; {@code 0.0.0.0} for all
   * @param hostPort 0 for any that is free
   * @param protocol {@code tcp} or {@code udp}
   */
  record Published(String hostIp, int hostPort, int containerPort, String protocol) {}

  /**
   * Gives a container's network namespace its links, address and routes in a network, after which
   * its name and aliases resolve for others there, if that network is one that people have made.
   *
   * @param network its name or the beginning of its id
   * @param container its id
   * @param names its name and aliases
   * @param address the one that it is to have; empty for any
   * @throws EngineException 404 when there is no such network; 403 or 409 when the address cannot
   *     be given
   */
  Place connect(
      String network, String container, Path namespace, List<String> names, String address);

  /** Takes a container out of a network; does nothing when it is not in it. */
  void disconnect(String network, String container);

  /**
   * Makes ports of the machine lead to a container, also for the machine's own programs at
   * localhost, until {@link #unpublish}.
   *
   * @return the same with the ports that were chosen
   * @throws EngineException 500 when a port is taken; none of them is published then
   */
  List<Published> publish(String container, String address, List<Published> ports);

  /** Closes a container's ports; does nothing when it has none. */
  void unpublish(String container);

  /** Takes back what containers of a killed engine have, none of which runs any more. */
  void disconnectAll();

  /** What a container of these networks has as its {@code resolv.conf}. */
  String resolvConf(List<String> networks);
}
