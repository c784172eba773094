package io.kuber.access;

import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights.OnPaths;
import io.kuber.access.Rights.OnResources;
import java.util.List;
import java.util.Set;

/**
 * Members of {@code system:masters} may do everything. Everybody else may see whether the server is
 * well and which version it has, and who is known may ask who they are and what they may do, as the
 * roles {@code system:public-info-viewer} and {@code system:basic-user} of Kubernetes allow.
 */
public final class AdministratorsOnly implements Authorizer {
  private static final String KNOWN = "system:authenticated";
  private static final List<String> ANY = List.of("*");
  private static final Set<String> FOR_EVERYBODY = Set.of("healthz", "livez", "readyz", "version");
  private static final Set<String> READS = Set.of("get", "head");
  private static final Set<String> OWN_QUESTIONS =
      Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

  /** One that decides by the groups of the user alone. */
  public AdministratorsOnly() {}

  @Override
  public Ruling rule(User user, Deed deed) {
    if (user.groups().contains(User.MASTERS)) {
      return Ruling.allow("");
    }
    boolean allowed =
        deed instanceof OnPath onPath
            ? READS.contains(onPath.verb()) && FOR_EVERYBODY.contains(first(onPath.path()))
            : deed instanceof OnResource resource && isOwnQuestion(user, resource);
    return allowed
        ? Ruling.allow("")
        : Ruling.refuse(
            "only members of " + User.MASTERS + " have rights; roles are not looked at");
  }

  private static boolean isOwnQuestion(User user, OnResource deed) {
    return user.groups().contains(KNOWN)
        && deed.verb().equals("create")
        && deed.group().matches("(authentication|authorization)\\.k8s\\.io")
        && OWN_QUESTIONS.contains(deed.resource());
  }

  private static String first(String path) {
    return path.replaceFirst("^/", "").replaceFirst("/.*", "");
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
        user.groups().contains(KNOWN)
            ? List.of(
                question("authentication.k8s.io", "selfsubjectreviews"),
                question(
                    "authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"))
            : List.of();
    List<String> paths = FOR_EVERYBODY.stream().sorted().map(path -> "/" + path).toList();
    return new Rights(questions, List.of(new OnPaths(List.of("get"), paths)), false);
  }

  private static OnResources question(String group, String... resources) {
    return new OnResources(List.of("create"), List.of(group), List.of(resources), List.of());
  }
}
