package io.kuber.server.login;

import io.kuber.access.Strangers;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.StrictFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an {@code AuthenticationConfiguration} of {@code apiserver.config.k8s.io} and says what is
 * wrong with it, field by field (k8s.io/apiserver, pkg/apis/apiserver/validation). Fields that it
 * does not know are refused too: a check that is misspelled lets people in. Owned by one call.
 */
final class AuthenticationReader {
  private static final String GROUP = "apiserver.config.k8s.io/";
  private static final List<String> VERSIONS =
      List.of(GROUP + "v1", GROUP + "v1beta1", GROUP + "v1alpha1");
  private static final String KIND = "AuthenticationConfiguration";
  private static final int MAX_PROVIDERS = 64;
  private static final FieldPath PROVIDERS = FieldPath.ROOT.child("jwt");
  private static final FieldPath ANONYMOUS = FieldPath.ROOT.child("anonymous");
  private static final Set<String> OF_FILE = Set.of("apiVersion", "kind", "jwt", "anonymous");
  private static final Set<String> OF_PROVIDER =
      Set.of("issuer", "claimValidationRules", "claimMappings", "userValidationRules");

  private final Problems problems = new Problems();
  private final StrictFields fields = new StrictFields(problems);

  private final String own;

  private AuthenticationReader(String own) {
    this.own = own;
  }

  /**
   * What a document says.
   *
   * @param own the name of the cluster's own issuer, which no provider may have
   * @throws IllegalArgumentException when it is wrong; the message names each field
   */
  static AuthenticationConfig read(Tree document, String own) {
    AuthenticationReader reader = new AuthenticationReader(own);
    Optional<AuthenticationConfig> config = reader.config(document);
    if (config.isPresent() && reader.problems.isEmpty()) {
      return config.get();
    }
    throw new IllegalArgumentException(
        String.join("; ", reader.problems.found().stream().map(Object::toString).toList()));
  }

  private Optional<AuthenticationConfig> config(Tree document) {
    one(document, "apiVersion", VERSIONS);
    one(document, "kind", List.of(KIND));
    fields.known(document, OF_FILE, FieldPath.ROOT);
    List<Tree> given = fields.trees(document, "jwt", FieldPath.ROOT);
    Optional<Strangers> anonymous = anonymous(document);
    if (given.size() > MAX_PROVIDERS) {
      problems.tooMany(PROVIDERS, given.size(), MAX_PROVIDERS);
      return Optional.empty();
    }
    checkUnique(given, "url");
    checkUnique(given, "discoveryURL");
    List<OpenIdConfig> providers = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      provider(given.get(i), PROVIDERS.index(i)).ifPresent(providers::add);
    }
    return Optional.of(new AuthenticationConfig(providers, anonymous));
  }

  private void one(Tree document, String name, List<String> supported) {
    String text = fields.text(document, name, FieldPath.ROOT);
    if (!supported.contains(text)) {
      problems.notSupported(FieldPath.ROOT.child(name), text, supported);
    }
  }

  private void checkUnique(List<Tree> providers, String name) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < providers.size(); i++) {
      String url = providers.get(i).text("issuer", name);
      if (!url.isEmpty() && !seen.add(url)) {
        problems.duplicate(PROVIDERS.index(i).child("issuer", name), url);
      }
    }
  }

  private Optional<OpenIdConfig> provider(Tree provider, FieldPath at) {
    fields.known(provider, OF_PROVIDER, at);
    IssuerReader issuers = new IssuerReader(problems, Set.of(own));
    Optional<OpenIdIssuer> issuer =
        issuers.issuer(fields.tree(provider, "issuer", at), at.child("issuer"));
    RulesReader rules = new RulesReader(problems);
    List<ClaimCheck> claims = rules.claims(provider, at);
    Optional<ClaimMapping> mapping =
        new MappingReader(problems, rules.seesVerifiedEmail())
            .mapping(fields.tree(provider, "claimMappings", at), at.child("claimMappings"));
    List<ClaimCheck> users = rules.users(provider, at);
    return issuer.isPresent() && mapping.isPresent()
        ? Optional.of(
            new OpenIdConfig(issuer.get(), mapping.get(), claims, users, SignatureAlgorithm.all()))
        : Optional.empty();
  }

  private Optional<Strangers> anonymous(Tree document) {
    if (!document.has("anonymous")) {
      return Optional.empty();
    }
    Tree anonymous = fields.tree(document, "anonymous", FieldPath.ROOT);
    fields.known(anonymous, Set.of("enabled", "conditions"), ANONYMOUS);
    boolean enabled = fields.flag(anonymous, "enabled", ANONYMOUS, false);
    List<Tree> conditions = fields.trees(anonymous, "conditions", ANONYMOUS);
    FieldPath at = ANONYMOUS.child("conditions");
    if (!enabled && !conditions.isEmpty()) {
      problems.invalid(
          at,
          anonymous.items("conditions"),
          "enabled should be set to true when conditions are defined");
    }
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      fields.known(conditions.get(i), Set.of("path"), at.index(i));
      String path = fields.text(conditions.get(i), "path", at.index(i));
      if (!path.startsWith("/")) {
        problems.invalid(at.index(i).child("path"), path, "must begin with a '/' character");
      }
      paths.add(path);
    }
    return Optional.of(new Strangers(enabled && paths.isEmpty(), paths));
  }
}
