package io.kuber.node.endpoint;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kuber.access.Access;
import io.kuber.access.Authentication;
import io.kuber.access.Authenticator;
import io.kuber.access.Authorizer;
import io.kuber.access.Authorizers;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.Superusers;
import io.kuber.access.TokenClaims;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Who may ask a node that is not in the process of a server: the API is asked, by TokenReview and
 * SubjectAccessReview, and its answers hold for a while (pkg/kubelet/apis/config: two minutes for a
 * token, five for a right, half of one for a refusal, of which the shortest is taken for all). For
 * any thread, which waits.
 */
public final class ReviewedAccess implements Authenticator, Authorizer {
  private static final Duration HOLDS = Duration.ofSeconds(30);
  private static final int MOST = 1000;
  private static final long TIMEOUT_SECONDS = 10;

  private final Client client;
  private final Cache<String, Authentication> tokens = cache();
  private final Cache<Map.Entry<User, Deed>, Ruling> rulings = cache();

  private ReviewedAccess(Client client) {
    this.client = client;
  }

  private static <K, V> Cache<K, V> cache() {
    return CacheBuilder.newBuilder().maximumSize(MOST).expireAfterWrite(HOLDS).build();
  }

  /** What the API says to a client that may ask it. */
  public static Access of(Client client) {
    ReviewedAccess asked = new ReviewedAccess(client);
    return new Access(
        asked, new ElsewhereIssued(), new Authorizers(List.of(new Superusers(), asked)));
  }

  /** The API server knows what it calls itself; who asks it names no audience. */
  private record ElsewhereIssued() implements TokenIssuer {
    @Override
    public Optional<String> issue(TokenClaims claims) {
      return Optional.empty();
    }

    @Override
    public List<String> audiences() {
      return List.of();
    }
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    String key = String.join(" ", audiences) + " " + token;
    Authentication known = tokens.getIfPresent(key);
    if (known == null) {
      Tree status =
          ask(
              Resources.TOKEN_REVIEWS,
              Tree.of("token", token, "audiences", Items.copyOf(audiences)));
      known = authentication(status);
      tokens.put(key, known);
    }
    return known;
  }

  private static Authentication authentication(Tree status) {
    if (!status.isTrue("authenticated")) {
      return new Authentication.Refused(status.text("error"));
    }
    Tree user = status.tree("user");
    Map<String, List<String>> extra = new LinkedHashMap<>();
    Tree more = user.tree("extra");
    more.forEach((name, values) -> extra.put(name, more.items(name).texts()));
    return new Authentication.Known(
        new User(user.text("username"), user.text("uid"), user.items("groups").texts(), extra),
        status.items("audiences").texts());
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    Map.Entry<User, Deed> key = Map.entry(user, deed);
    Ruling known = rulings.getIfPresent(key);
    if (known == null) {
      Tree status =
          ask(
              Resources.SUBJECT_ACCESS_REVIEWS,
              Tree.of(
                      "user", user.name(),
                      "groups", Items.copyOf(user.groups()))
                  .with(attributes(deed), told(deed)));
      known = new Ruling(status.isTrue("allowed"), status.text("reason"));
      rulings.put(key, known);
    }
    return known;
  }

  private static String attributes(Deed deed) {
    return deed instanceof OnResource ? "resourceAttributes" : "nonResourceAttributes";
  }

  private static Tree told(Deed deed) {
    if (deed instanceof OnResource on) {
      return Tree.of(
          "verb", on.verb(),
          "group", on.group(),
          "version", on.version(),
          "resource", on.resource(),
          "subresource", on.subresource(),
          "namespace", on.namespace(),
          "name", on.name());
    }
    return Tree.of("verb", deed.verb(), "path", ((Deed.OnPath) deed).path());
  }

  private Tree ask(ResourceType type, Tree spec) {
    KubeObject review =
        KubeObject.of(Tree.of("apiVersion", type.apiVersion(), "kind", type.kind(), "spec", spec));
    try {
      return client
          .create(type, review)
          .toCompletableFuture()
          .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .join()
          .status();
    } catch (CompletionException e) {
      throw new ApiException(
          StatusReason.SERVICE_UNAVAILABLE,
          "the API cannot be asked who this is and what he may do: " + e.getCause());
    }
  }

  /** Nobody can list what the API alone knows. */
  @Override
  public Rights rights(User user, String namespace) {
    return new Rights(List.of(), List.of(), true);
  }
}
