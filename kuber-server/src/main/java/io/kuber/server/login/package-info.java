/**
 * Users whom somebody else knows: the tokens of a file, and those of OpenID providers, which
 * options name ({@link io.kuber.server.login.OpenIdFlags}) or a file that is read again when it
 * changes ({@link io.kuber.server.login.AuthenticationFile}).
 *
 * <p>The gate asks {@link io.kuber.access.Authenticators}, a list in which these stand behind the
 * tokens of service accounts; {@code io.kuber.boot} makes it. No owner thread: tokens are judged on
 * the worker of the request, and one of them at a time fetches keys. Start at {@link
 * io.kuber.server.login.OpenIdTokens}.
 *
 * <p><b>Invariant:</b> nothing that a token claims counts before its signature holds under a key
 * that its issuer shows; what is fetched from there is bounded in size, time and number.
 */
@NullMarked
package io.kuber.server.login;

import org.jspecify.annotations.NullMarked;
