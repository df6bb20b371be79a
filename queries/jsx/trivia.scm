(jsx_text) @copy
(html_character_reference) @copy
