/// What somebody says of vulnerabilities here, and what is known of their use by attackers:
/// statements in [OpenVEX](https://github.com/openvex/spec) and CycloneDX, scores of
/// [EPSS](https://www.first.org/epss/), and the [catalogue of known exploited
/// vulnerabilities](https://www.cisa.gov/known-exploited-vulnerabilities-catalog).
///
/// A statement lowers what it speaks of and never deletes it: it is shown with its reason, and
/// counts as long as it has one and has not expired.
@NullMarked
package dev.vidimus.inventory.vex;

import org.jspecify.annotations.NullMarked;
