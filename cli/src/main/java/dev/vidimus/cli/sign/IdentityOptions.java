package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.ExpectedIdentity;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The options that say which instance of Sigstore is trusted, and whom of those that it vouches
/// for. Nobody is trusted by default.
public final class IdentityOptions {
  /// The file that an instance publishes.
  public static final Option TRUSTED_ROOT =
      Option.valued(
          "--trusted-root",
          "FILE",
          "trusted_root.json: the authorities and logs of Sigstore that are trusted.");

  /// The signer, exactly.
  public static final Option IDENTITY =
      Option.valued("--identity", "NAME", "The email address or URI that must have signed.");

  /// The signer, by a pattern.
  public static final Option IDENTITY_REGEXP =
      Option.valued("--identity-regexp", "REGEX", "The same as a pattern of the whole name.");

  /// Who vouched for the signer.
  public static final Option ISSUER =
      Option.valued("--issuer", "URL", "The identity provider that must have vouched for it.");

  /// All of them, in the order of the help.
  public static final List<Option> ALL = List.of(TRUSTED_ROOT, IDENTITY, IDENTITY_REGEXP, ISSUER);

  private IdentityOptions() {}

  /// Whether the caller trusts an identity.
  public static boolean isGiven(Arguments arguments) {
    return arguments.has(IDENTITY) || arguments.has(IDENTITY_REGEXP) || arguments.has(ISSUER);
  }

  /// The trusted root, or null if none is given.
  public static @Nullable TrustedRoot root(Host host, Arguments arguments)
      throws FormatException, IOException {
    String file = arguments.value(TRUSTED_ROOT);
    return file == null ? null : TrustedRoot.read(host.folder().resolve(file));
  }

  /// The identity; [#isGiven] was asked before.
  ///
  /// @throws UsageException if something that belongs to it is missing
  public static BundleTrust.Identity identity(Host host, Arguments arguments)
      throws FormatException, IOException, UsageException {
    String exact = arguments.value(IDENTITY);
    String pattern = arguments.value(IDENTITY_REGEXP);
    String issuer = arguments.value(ISSUER);
    if ((exact == null) == (pattern == null) || issuer == null) {
      throw new UsageException(
          "an identity is one of --identity and --identity-regexp, and an --issuer", "");
    }
    TrustedRoot root = root(host, arguments);
    if (root == null) {
      throw new UsageException(
          "an identity needs --trusted-root: nothing is trusted by default",
          "your instance of Sigstore publishes trusted_root.json, in its TUF repository");
    }
    return new BundleTrust.Identity(root, expected(exact, pattern), issuer);
  }

  private static ExpectedIdentity expected(@Nullable String exact, @Nullable String pattern)
      throws UsageException {
    if (exact != null) {
      return new ExpectedIdentity.Exactly(exact);
    }
    try {
      return new ExpectedIdentity.Matching(Pattern.compile(String.valueOf(pattern)));
    } catch (PatternSyntaxException e) {
      throw new UsageException("--identity-regexp is no pattern: " + e.getDescription(), "");
    }
  }
}
