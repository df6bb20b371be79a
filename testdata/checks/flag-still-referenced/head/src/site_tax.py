import waffle
