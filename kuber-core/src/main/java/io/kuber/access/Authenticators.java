package io.kuber.access;

import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import java.util.List;

/**
 * Several authenticators as one: the first that knows a token decides, and what none knows is
 * refused for the reasons of those who had one (apiserver, pkg/authentication/token/union).
 */
public record Authenticators(List<Authenticator> all) implements Authenticator {
  /** Copies the list. */
  public Authenticators {
    all = List.copyOf(all);
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    StringBuilder reasons = new StringBuilder();
    for (Authenticator each : all) {
      Authentication answer = each.authenticate(token, audiences);
      if (answer instanceof Known) {
        return answer;
      }
      if (answer instanceof Refused refused && !refused.why().isEmpty()) {
        reasons.append(reasons.isEmpty() ? "" : ", ").append(refused.why());
      }
    }
    return new Refused(reasons.toString());
  }
}
