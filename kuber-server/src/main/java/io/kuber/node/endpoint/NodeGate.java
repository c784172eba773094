package io.kuber.node.endpoint;

import io.kuber.access.Access;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.http.Request;
import io.kuber.server.chain.Credentials;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets through to a node's endpoint who is known and may do what is asked: client certificates of
 * the cluster's authority and tokens, judged as a TokenReview and a SubjectAccessReview would.
 */
public final class NodeGate implements Handler {
  private final String node;
  private final Access access;
  private final Handler endpoint;

  /** A gate in front of the endpoint of the node of that name. */
  public NodeGate(String node, Access access, Handler endpoint) {
    this.node = node;
    this.access = access;
    this.endpoint = endpoint;
  }

  @Override
  public void handle(Exchange exchange) throws Exception {
    Request request = exchange.request();
    User user = Credentials.of(request, access).orElseThrow(Credentials::unauthorized);
    List<OnResource> deeds = NodeRights.of(node, request.method(), request.segments());
    if (deeds.stream().noneMatch(deed -> access.authorizer().rule(user, deed).allowed())) {
      throw forbidden(user, deeds);
    }
    endpoint.handle(exchange);
  }

  private static ApiException forbidden(User user, List<OnResource> deeds) {
    String parts = deeds.stream().map(OnResource::subresource).collect(Collectors.joining(" "));
    return new ApiException(
        StatusReason.FORBIDDEN,
        "Forbidden (user=%s, verb=%s, resource=nodes, subresource(s)=[%s])"
            .formatted(user.name(), deeds.get(0).verb(), parts));
  }
}
