package io.kuber.access;

import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights.OnPaths;
import io.kuber.access.Rights.OnResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Members of {@code system:masters} may do everything. All others have what Kubernetes gives to
 * everybody by the roles {@code system:public-info-viewer} (whether the server is well, and its
 * version), {@code system:discovery} (what it serves), {@code system:basic-user} (who one is, and
 * what one may do) and {@code system:service-account-issuer-discovery} (how to know a token).
 */
public final class AdministratorsOnly implements Authorizer {
  private static final List<String> ANY = List.of("*");
  private static final Set<String> READS = Set.of("get", "head");
  private static final Set<String> OWN_QUESTIONS =
      Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

  private static final List<String> PUBLIC =
      List.of("/healthz", "/healthz/*", "/livez", "/livez/*", "/readyz", "/readyz/*", "/version");
  private static final List<String> DISCOVERY =
      List.of("/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*");
  private static final List<String> ISSUER =
      List.of("/.well-known/openid-configuration", "/openid/v1/jwks");

  /** One that decides by the groups of the user alone. */
  public AdministratorsOnly() {}

  @Override
  public Ruling rule(User user, Deed deed) {
    if (user.groups().contains(User.MASTERS)) {
      return Ruling.ALLOWED;
    }
    boolean allowed =
        deed instanceof OnPath onPath
            ? READS.contains(onPath.verb()) && isAmong(paths(user), onPath.path())
            : deed instanceof OnResource resource && isOwnQuestion(user, resource);
    return allowed ? Ruling.ALLOWED : Ruling.REFUSED;
  }

  private static List<String> paths(User user) {
    List<String> paths = new ArrayList<>(PUBLIC);
    if (user.groups().contains(User.AUTHENTICATED)) {
      paths.addAll(DISCOVERY);
    }
    if (user.groups().contains(User.SERVICE_ACCOUNTS)) {
      paths.addAll(ISSUER);
    }
    return paths;
  }

  private static boolean isAmong(List<String> patterns, String path) {
    String bare =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                    : bare.equals(pattern));
  }

  private static boolean isOwnQuestion(User user, OnResource deed) {
    return user.groups().contains(User.AUTHENTICATED)
        && deed.verb().equals("create")
        && deed.group().matches("(authentication|authorization)\\.k8s\\.io")
        && OWN_QUESTIONS.contains(deed.resource());
  }

  @Override
  public Rights rights(User user, String namespace) {
    if (user.groups().contains(User.MASTERS)) {
      return new Rights(
          List.of(new OnResources(ANY, ANY, ANY, List.of())),
          List.of(new OnPaths(ANY, ANY)),
          false);
    }
    List<OnResources> questions =
        user.groups().contains(User.AUTHENTICATED)
            ? List.of(
                question("authentication.k8s.io", "selfsubjectreviews"),
                question(
                    "authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"))
            : List.of();
    return new Rights(questions, List.of(new OnPaths(List.of("get"), paths(user))), false);
  }

  private static OnResources question(String group, String... resources) {
    return new OnResources(List.of("create"), List.of(group), List.of(resources), List.of());
  }
}
