package io.kuber.node.join;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.remote.ApiLine;
import io.kuber.client.remote.ApiServers;
import io.kuber.client.remote.RemoteClient;
import io.kuber.loop.Loop;
import io.kuber.node.join.Certifying.UncertifiedException;
import io.kuber.server.join.JoinClient;
import io.kuber.server.join.JoinException;
import io.kuber.server.join.JoinToken;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.NodeKeys;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * The first contact of a node with its cluster: who the cluster is, by the pin of the token, and
 * the node's first certificate, by its secret. Blocks.
 */
public final class Introduction {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Introduction() {}

  /**
   * Who both sides are to each other.
   *
   * @param authority of the cluster
   * @param node the node as a client of it
   */
  public record Acquaintance(X509Certificate authority, Identity node) {}

  /**
   * Joins.
   *
   * @param server where the API of any server of the cluster is reached
   * @param name of the node
   * @param loop for a client that is not used afterwards
   * @throws JoinException when it is not let in; the message names the option, and what to do
   */
  public static Acquaintance make(URI server, JoinToken token, String name, Loop loop)
      throws JoinException, InterruptedException {
    X509Certificate authority = JoinClient.authority(server, token);
    ApiLine line =
        new ApiLine(
            new ApiServers(List.of(server)),
            () -> NodeKeys.believing(authority),
            token.token().text());
    Client client = new RemoteClient(line, "kubelet", loop);
    try {
      return new Acquaintance(authority, new Certifying(client, name, PATIENCE).node());
    } catch (UncertifiedException e) {
      throw new JoinException(
          e.reason() == StatusReason.FORBIDDEN
              ? "--token: " + token + " is not for nodes; make one with kuber token create --node"
              : "--join: " + e.getMessage());
    }
  }
}
